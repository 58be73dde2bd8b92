import type { Random } from '#kernel'
import type { Shop } from './party.ts'

/** Common surnames and given names, romanised; a city of this size meets few twice. */
const surnames = (
  'Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo ' +
  'Liang Song Zheng Xie Han Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Su'
).split(' ')

const givenNames = (
  'Wei Fang Na Min Jing Li Qiang Lei Jun Yang Yong Yan Jie Juan Tao Ming Chao Xiuying Xia Ping ' +
  'Gang Guiying Wenjing Haoran Zihan Yuxuan Jiayi Xinyi Zimo Yichen Ruoxi Hongmei Guoqiang ' +
  'Jianhua Xiaoming Lihua Meiling Yulan Shufen Dawei Zhiyuan Siyu Peng Bo Kai Rui Ting Ling Hui ' +
  'Xue Qian Yi Hao Shan Yun Chun Qiu Dong Fei Ning'
).split(' ')

export function personName(random: Random): string {
  return `${random.pick(surnames)} ${random.pick(givenNames)}`
}

/** A shop's name and what is bought there. Fen; weights add up to about a hundred. */
export const shops: readonly (Shop & { readonly name: string })[] = [
  { name: 'Old Street Noodles', sells: 'noodles', from: 1_400, to: 3_800, weight: 9 },
  { name: 'Morning Bun Stand', sells: 'breakfast', from: 400, to: 1_500, weight: 11 },
  { name: 'Willow Tea House', sells: 'tea', from: 1_200, to: 3_200, weight: 7 },
  { name: 'Riverside Metro', sells: 'metro', from: 300, to: 900, weight: 12 },
  { name: 'Green Lantern Market', sells: 'groceries', from: 1_800, to: 16_000, weight: 10 },
  { name: 'Ninefold Supermarket', sells: 'groceries', from: 3_000, to: 28_000, weight: 8 },
  { name: 'Blue Bicycle', sells: 'bicycle ride', from: 150, to: 450, weight: 6 },
  { name: 'Jade Pharmacy', sells: 'pharmacy', from: 1_500, to: 14_000, weight: 3 },
  { name: 'Harbour Hotpot', sells: 'dinner', from: 6_800, to: 32_000, weight: 3 },
  { name: 'Cloud Cinema', sells: 'cinema', from: 3_900, to: 11_800, weight: 2 },
  { name: 'Panda Parcel', sells: 'parcel', from: 800, to: 4_200, weight: 3 },
  { name: 'Lotus Bookshop', sells: 'books', from: 2_200, to: 12_500, weight: 2 },
  { name: 'Swift Taxi', sells: 'taxi', from: 1_100, to: 6_400, weight: 5 },
  { name: 'Sunrise Bakery', sells: 'bakery', from: 900, to: 4_800, weight: 4 },
  { name: 'Red Maple Clothing', sells: 'clothes', from: 7_900, to: 49_900, weight: 2 },
  { name: 'City Power and Water', sells: 'utilities', from: 6_000, to: 28_000, weight: 2 },
  { name: 'Long March Telecom', sells: 'phone credit', from: 3_000, to: 10_000, weight: 2 },
  { name: 'Golden Wok', sells: 'lunch', from: 1_600, to: 4_600, weight: 5 },
  { name: 'Bamboo Grove Fruit', sells: 'fruit', from: 900, to: 5_600, weight: 4 },
  { name: 'Silver Scissors', sells: 'haircut', from: 3_800, to: 16_800, weight: 1 },
  { name: 'Tiger Gym', sells: 'gym', from: 9_900, to: 29_900, weight: 1 },
  { name: 'Moonlight Flowers', sells: 'flowers', from: 2_900, to: 19_900, weight: 1 },
  { name: 'Plum Kindergarten', sells: 'school fees', from: 38_000, to: 96_000, weight: 1 },
  { name: 'Jianguo Motors', sells: 'car', from: 60_000, to: 180_000, weight: 0 },
  { name: 'Evergreen Decoration', sells: 'decoration', from: 50_000, to: 240_000, weight: 0 },
]

export const employerNames: readonly string[] = [
  'Eastern Harbour Logistics',
  'Bright Star Software',
  'Pearl Textile Works',
  'Hillside Hospital',
  'Number Three School',
  'Cedar Construction',
]

export const bankNames: readonly string[] = [
  'Bank of the Delta',
  'Merchants and Farmers Bank',
  'Northern Construction Bank',
  'Harbour City Bank',
]

export const phoneModels: readonly string[] = [
  'Huawei Mate 60',
  'Xiaomi 14',
  'iPhone 15',
  'Vivo X100',
  'Oppo Find X7',
  'Honor 100',
  'iPhone 13',
  'Redmi Note 13',
]
